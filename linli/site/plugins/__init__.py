"""What the site plugs into the slots: the benches of a whole node, an evaluation, and the acts of its desks."""

from linli.accounts import slots as accounts
from linli.kernel import slots
from linli.site.plugins import (
    acts_clocks,
    acts_correct,
    acts_groups,
    acts_joint,
    acts_life,
    acts_measures,
    acts_supervision,
    acts_tags,
    acts_voice,
    askers,
    config_accounts,
    config_ask_less,
    config_exchange,
    config_groups,
    config_handling,
    config_interfaces,
    config_looks,
    config_measures,
    config_people,
    config_policies,
    config_standards,
    config_trust,
    config_watch,
    watch_node,
)
from linli.site.plugins.bench_crash import CrashBench
from linli.site.plugins.bench_crypto import CryptoBench
from linli.site.plugins.bench_feed import FeedBench
from linli.site.plugins.bench_first_load import FirstLoadBench
from linli.site.plugins.bench_inbox import InboxBench
from linli.site.plugins.bench_intake import IntakeBench
from linli.site.plugins.bench_ledger import LedgerBench
from linli.site.plugins.bench_link import LinkBench
from linli.site.plugins.bench_registry import RegistryBench
from linli.site.plugins.bench_rows import RowsBench
from linli.site.plugins.bench_sheet import SheetBench
from linli.site.plugins.bench_sweep import SweepBench
from linli.site.plugins.bench_tamper import TamperBench
from linli.site.plugins.desks import desks
from linli.site.plugins.evaluate_sheets import SheetsEvaluation
from linli.site.slots import config_parts, desk_acts
from linli.trust import slots as trust


def register() -> None:
    """Register everything once, at start."""
    slots.benches.register(IntakeBench())
    slots.benches.register(InboxBench())
    slots.benches.register(CrashBench())
    slots.benches.register(SweepBench())
    slots.benches.register(RegistryBench())
    slots.benches.register(RowsBench())
    slots.benches.register(SheetBench())
    slots.benches.register(FirstLoadBench())
    slots.benches.register(LinkBench())
    slots.benches.register(FeedBench())
    slots.benches.register(LedgerBench())
    slots.benches.register(TamperBench())
    slots.benches.register(CryptoBench())
    slots.evaluations.register(SheetsEvaluation())
    parts = (acts_life, acts_correct, acts_joint, acts_groups, acts_supervision, acts_measures, acts_clocks, acts_voice)
    for act in [act for part in (*parts, acts_tags) for act in part.acts()]:
        desk_acts.register(act)
    askers.register()
    for desk in desks():
        accounts.desks.register(desk)
    config_parts.register(config_accounts.Units())
    config_parts.register(config_accounts.Posts())
    config_parts.register(config_trust.Activities())
    config_parts.register(config_people.CoverLimits())
    config_parts.register(config_people.GlassLimits())
    config_parts.register(config_people.RightTerms())
    config_parts.register(config_standards.Standards())
    config_parts.register(config_policies.Policies())
    config_parts.register(config_handling.GradeHandling())
    config_parts.register(config_groups.Plans())
    config_parts.register(config_groups.GroupRules())
    config_parts.register(config_interfaces.OpenMatters())
    config_parts.register(config_interfaces.Webhooks())
    config_parts.register(config_interfaces.Notices())
    config_parts.register(config_measures.Measures())
    config_parts.register(config_looks.Looks())
    config_parts.register(config_ask_less.AskLess())
    config_parts.register(config_watch.WatchLimits())
    config_parts.register(config_watch.NoticeTerms())
    for kind in watch_node.KINDS:
        trust.alert_kinds.register(kind)
    for watcher in watch_node.WATCHERS:
        trust.watchers.register(watcher)
    config_parts.register(config_exchange.DataOwners())
    config_parts.register(config_exchange.AnswerLimits())
