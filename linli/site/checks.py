"""What `linli check --deploy` says of the keeping of logs."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  Django's name

from linli.site.runtime import logfiles, logship
from linli.site.runtime.trouble import Trouble


@register(Tags.security, deploy=True)
def log_keeping(**_kwargs: Any) -> list[CheckMessage]:
    """See that logs are kept six months, and also off the machine, where an intruder can't reach them."""
    try:
        logfiles.days_kept()
        target = logship.remote()
    except Trouble as trouble:
        return [Error(str(trouble), "Mend the setting.", id="site.E001")]
    if target is None:
        hint = "Set LINLI_LOG_REMOTE=tls://host:6514, or carry the folder `logs` off by other means."
        return [Warning("Logs are kept on this machine alone.", hint, id="site.W001")]
    if target.scheme != "tls":
        return [Warning("Logs go to the log server without TLS.", "Use tls://.", id="site.W002")]
    return []
