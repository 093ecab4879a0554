"""Whatever goes wrong in a verb ends as one line on standard error and an exit code.

Exit codes: 0 all went well; 1 a letter or a line failed, or the output could not be written (also into a pipe that
somebody closed); 2 the command was not understood; 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from toezeggingen.errors import OptionError, ToezeggingenError

if TYPE_CHECKING:
    from toezeggingen.batch.outcomes import Failed, Noticed

INTERRUPTED = 130
_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO})


def say(line: str) -> None:
    """A line on standard error."""
    typer.echo(line, err=True)


def tell(each: Failed | Noticed, *, debug: bool) -> bool:
    """Say on standard error what is known of a letter without a record; whether it failed."""
    from toezeggingen.batch.outcomes import Failed

    if isinstance(each, Failed):
        say(each.told(debug=debug))
        return True
    say(each.message)
    return False


class Verbs(TyperGroup):
    """Runs a verb so that whatever goes wrong in it ends as one line on standard error and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the verb that the command line names."""
        try:
            returned = super().invoke(ctx)
            if sys.stdout is not None:  # None: closed by whoever started us
                sys.stdout.flush()
        except KeyboardInterrupt:
            say("toezeggingen: interrupted")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:  # whoever read us has had enough: nothing to say
            _silence(sys.stdout.fileno())
            raise typer.Exit(1) from None
        except OptionError as error:
            say(f"toezeggingen: {error}")
            raise typer.Exit(2) from None
        except ToezeggingenError as error:
            say(str(error))
            raise typer.Exit(1) from None
        except OSError as error:
            if error.errno in _NO_ROOM and error.filename is None:
                say(f"standard output: cannot be written ({error.strerror}); make room, or write elsewhere")
                _silence(sys.stdout.fileno())
            else:
                _unforeseen(ctx, error)
            raise typer.Exit(1) from None
        except Exception as error:
            if hasattr(error, "exit_code"):  # typer's own: an exit, a usage error
                raise
            _unforeseen(ctx, error)
            raise typer.Exit(1) from None
        return returned


def _unforeseen(ctx: typer.Context, error: Exception) -> None:
    from toezeggingen.batch.outcomes import internal_error

    if ctx.meta.get("debug"):
        say("".join(traceback.format_exception(error)).rstrip())
    say(f"toezeggingen: {internal_error(error)}")


def _silence(descriptor: int) -> None:
    """Send what is still to be flushed nowhere, so that Python does not complain about it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
