#!/bin/sh
# Brings this image's static files into the data volume, then becomes the command.
set -eu
mkdir -p "$LINLI_DATA/static"
cp -a /app/seed/static/. "$LINLI_DATA/static/"
exec linli "$@"
