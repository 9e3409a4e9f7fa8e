"""`python -m linli` is the `linli` command."""

from linli.site.command import main

main()
