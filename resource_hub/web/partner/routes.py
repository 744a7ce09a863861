"""The blueprints of these pages."""

from flask import Blueprint

BLUEPRINTS: tuple[Blueprint, ...] = ()
