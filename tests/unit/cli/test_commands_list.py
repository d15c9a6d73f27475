"""The list of commands: it has all that the modules hold, and no more."""

from __future__ import annotations

from importlib import import_module

import pytest
from typer.main import get_command

from kb.cli.app import app, front, group_apps
from kb.cli.commands import COMMANDS

LONGEST = 66
"""Characters of a line beside the longest name in a help of 80 columns."""

MODULES = sorted({command.module for command in COMMANDS.values() if command.module})


def test_every_command_is_listed() -> None:
    """What the modules of commands register is what the list has, each in the module that it says."""
    for module in MODULES:
        import_module(f"kb.cli.{module}")
    groups = {"": app, **{f"{name} ": group for name, group in group_apps().items()}}
    registered = {
        within + (one.name or one.callback.__name__): one.callback.__module__
        for within, group in groups.items()
        for one in group.registered_commands
        if one.callback
    }
    listed = {path: f"kb.cli.{one.module}" for path, one in COMMANDS.items() if one.module}
    assert registered == listed
    assert set(group_apps()) == {path for path, one in COMMANDS.items() if not one.module}


def test_every_module_of_commands_is_reached() -> None:
    """A command is found under its name, with its own help."""
    program = get_command(front)
    context = program.make_context("kb", ["--help"], resilient_parsing=True)
    for name in program.commands:  # type: ignore[attr-defined]
        command = program.get_command(context, name)  # type: ignore[attr-defined]
        assert (command.name, bool(command.help)) == (name, True)


@pytest.mark.parametrize("path", COMMANDS)
def test_lines_fit_the_help(path: str) -> None:
    """A line is a sentence that fits beside the longest name, so that the help needs no second line for it."""
    line = COMMANDS[path].line
    assert len(line) <= LONGEST
    assert line.endswith(".")
