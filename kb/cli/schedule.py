"""The command that prints what a timer needs to run `kb sync`."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from typing import Annotated

import typer

from kb.cli.app import DatabaseUrl, schedule_app
from kb.cli.intervals import parse_interval
from kb.store.database import absolute_address

SYSTEMD = """\
# 1. Save the two parts below under the names that they begin with (for all of the machine: /etc/systemd/system/,
#    with a line User= under [Service]; for you alone: ~/.config/systemd/user/, and `systemctl --user` below).
# 2. systemctl daemon-reload && systemctl enable --now kb-sync.timer
# 3. systemctl list-timers kb-sync.timer; journalctl -u kb-sync shows the log, `kb doctor` what is amiss.

# kb-sync.service
[Unit]
Description=kb: read feeds, pages and folders that are due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={command}
Nice=10
# 4: some inputs failed and are kept; 5: another run is at work
SuccessExitStatus=4 5
# as Ctrl-C does: what was finished is kept
KillSignal=SIGINT

# kb-sync.timer
[Unit]
Description=kb: when to read what is due

[Timer]
OnCalendar={calendar}
# hosts are not all asked on the minute
RandomizedDelaySec=60
# a time that passed while the machine was off is made up for
Persistent=true

[Install]
WantedBy=timers.target
"""

CRON = """\
# Add the line below with `crontab -e`. What it says goes to the system's log under the name kb; `kb doctor` tells
# what is amiss. A run that is still at work is left alone: the next call ends at once with exit code 5.
{times} nice -n 10 {command} 2>&1 | logger -t kb
"""


@schedule_app.command("print")
def print_schedule(
    db: DatabaseUrl,
    *,
    systemd: Annotated[bool, typer.Option("--systemd", help="A service and a timer of systemd.")] = False,
    cron: Annotated[bool, typer.Option("--cron", help="A line for crontab.")] = False,
    every: Annotated[
        int, typer.Option(parser=parse_interval, metavar="TIME", help="How often: 15m, 1h, 1d.")
    ] = "15m",  # type: ignore[assignment]  # typer parses it
) -> None:
    """Print what a timer needs to run `kb sync` on this database, ready to paste. Changes nothing.

    How often a feed is read is its own matter (`kb feed add --every`); the timer need only come round as often.

    Example: kb schedule print --systemd --every 15m
    """
    if systemd == cron:
        raise typer.BadParameter("give one of --systemd and --cron")
    command = [*_program(), "--db", absolute_address(db), "sync"]
    if systemd:
        said = SYSTEMD.format(
            command=" ".join(map(_systemd_word, command)), calendar=_times(every, _CALENDAR)
        )
    else:
        said = CRON.format(command=shlex.join(command).replace("%", r"\%"), times=_times(every, _CRONTAB))
    typer.echo(said, nl=False)


_CALENDAR = ("*:0/{}", "0/{}:00", "daily")
_CRONTAB = ("*/{} * * * *", "0 */{} * * *", "0 0 * * *")


def _times(minutes: int, patterns: tuple[str, str, str]) -> str:
    """Return the times in the words of a timer, which can only count within an hour and within a day."""
    of_hour, of_day, daily = patterns
    if minutes == 1440:
        return daily
    if minutes < 60 and 60 % minutes == 0:
        return of_hour.format(minutes)
    if minutes % 60 == 0 and 1440 % minutes == 0:
        return of_day.format(minutes // 60)
    raise typer.BadParameter("--every must divide an hour or a day: 15m, 30m, 1h, 6h, 1d")


def _program() -> list[str]:
    """Return the words that start this program, whatever the folder and the search path."""
    path = shutil.which(sys.argv[0])
    return [os.path.abspath(path)] if path else [sys.executable, "-m", "kb"]


def _systemd_word(word: str) -> str:
    """Quote a word of a command line as systemd.service(5) wants it."""
    word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{word}"' if any(sign.isspace() or sign in "\"';\\" for sign in word) else word
