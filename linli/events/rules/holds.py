"""What is refused about clocks, each with a sentence: no limit, too long, held already, too late, not one's own."""

from django.utils.translation import gettext_lazy as _

from linli.events.rules.refusals import RefusedError


class LimitError(RefusedError):
    """A pause without a limit, of zero, or longer than the policy allows."""

    def __init__(self, most: int, unit: str) -> None:
        """Keep the most that is allowed; `unit` is hours or days."""
        super().__init__(most)
        words = {
            "days": _("Give a limit of 1 to %(most)s working days."),
            "hours": _("Give 1 to %(most)s working hours."),
            "review": _("Give a date of review in 1 to %(most)s days."),
        }[unit]
        self.sentence = words % {"most": most}


class HeldAlreadyError(RefusedError):
    """The clock of the event stands already."""

    sentence = _("The clock of this event stands already; let it go on first.")


class NotHeldError(RefusedError):
    """The clock of the event runs."""

    sentence = _("The clock of this event runs; there is nothing to end.")


class OverdueError(RefusedError):
    """A deadline that has passed can't be paused any more."""

    sentence = _("The deadline has passed, so a pause changes nothing. Ask for an extension, and say why.")


class AskedAlreadyError(RefusedError):
    """There is a question that nobody has answered yet."""

    sentence = _("Something is asked for already and not decided yet.")


class NothingAskedError(RefusedError):
    """There is no question to answer."""

    sentence = _("Nothing is asked for here; perhaps somebody has decided it already.")


class NoMoreError(RefusedError):
    """The policy allows no further extension."""

    sentence = _("This event was extended as often as the rules allow.")


class OwnQuestionError(RefusedError):
    """Who asked can't decide."""

    sentence = _("You asked for this, so somebody else must decide it.")
