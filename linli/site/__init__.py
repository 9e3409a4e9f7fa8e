"""Settings, urls, the shell and the desks; composes panels, owns no rule."""
