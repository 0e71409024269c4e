"""Doors of issues, in one blueprint: those of citizens and those of the office."""

from app.issues.routes import answering, citizens, drafting, programme, reporting, signing
from app.issues.routes.blueprint import bp

__all__ = ["answering", "bp", "citizens", "drafting", "programme", "reporting", "signing"]
