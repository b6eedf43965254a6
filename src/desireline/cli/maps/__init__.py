"""Journey maps: made, drawn, changed, compared, kept, written and read."""

import typer

from desireline.cli.maps import changes, documents, files

group = typer.Typer(name="map", help="Journey maps, measured.", no_args_is_help=True)
for part in (documents, changes, files):
    part.add_to(group)
