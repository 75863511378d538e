"""The command line ``helseradar``: the shop window. A command is a few lines; the work is done in the rooms.

Exit codes: 0 done, 1 a run that ended degraded or failed (or a file that could not be read), 2 wrong use.
Errors are one line on stderr that names the thing and what to do.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from corpus.errors import CorpusError, SourcesError
from flows.backfill import backfill
from flows.errors import FlowError, UsageError
from flows.evaluate import evaluate
from flows.forget import forget
from flows.register import sources as sources_group
from flows.screen import DATA_FORMATS, FORMATS, by_period, frame_text, print_line, progress, tell_report
from flows.settings import Settings, read_settings
from nlp.errors import AnnotationError, ModelError, ReadingError
from review.errors import ReviewError
from warehouse.errors import NotPublished, QueryError, QuestionError, RegisterError, WarehouseError

ROOM_ERRORS = (FlowError, CorpusError, ReadingError, WarehouseError, ReviewError)
WRONG_USE = (
    UsageError,
    SourcesError,
    ModelError,
    AnnotationError,
    NotPublished,
    QueryError,
    QuestionError,
    RegisterError,
)
INTERRUPTED = 130

data_option = click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of the state [./data, or HELSERADAR_DATA]."
)
format_option = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="helseradar", message="%(prog)s %(version)s")
def cli() -> None:
    """Who wants what done in Norwegian health, and how is that changing?"""


@cli.command()
@click.option("--sources", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Read this list alone.")
@data_option
@click.option("--only", metavar="SOURCE", multiple=True, help="Collect this source alone (may be repeated).")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many new articles a source.")
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object on stdout.")
def run(sources: Path | None, data: Path | None, only: tuple[str, ...], limit: int | None, as_json: bool) -> int:
    """Collect, read, keep, publish: the main job."""
    from flows.job import choose_sources, shipped_and_own
    from flows.stages import real_place

    settings = read_settings(data)
    chosen = choose_sources([sources] if sources else shipped_and_own(settings.sources), only)
    refuse_second_run(settings.data)
    with progress("starting Prefect's server …") as tell:
        from flows.embedded import prefect_server

        with prefect_server(settings.data / "prefect"):
            from flows.daily import daily

            with real_place(settings, tell) as place:
                # Who names sources or brings a list asks them now: pauses are for the job that runs by itself.
                report = daily(place, chosen, limit, only_due=not (only or sources))
    return tell_report(report, as_json=as_json)


def refuse_second_run(data: Path) -> None:
    """Say at once that another run is at work, and not after Prefect's server has been started for nothing.

    Raises:
        RunInProgress: it is; the job itself asks again.
    """
    from warehouse.store import run_lock

    with run_lock(data):
        pass


@cli.command()
@data_option
def demo(data: Path | None) -> int:
    """The main job on the shipped sample, in a folder of its own (./demo-data)."""
    from flows.demo import DEMO_DATA, sample_place
    from flows.embedded import prefect_server

    folder = (data or DEMO_DATA).absolute()
    with (
        progress("starting Prefect's server …") as tell,
        prefect_server(folder / "prefect"),
        sample_place(folder, tell) as (place, sources),
    ):
        from flows.daily import daily

        report = daily(place, sources)
    code = tell_report(report, as_json=False)
    from flows.demo import show_trends

    show_trends(folder)
    return code


@cli.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", required=True, metavar="ID", help="The source that the articles belong to.")
@data_option
def import_files(paths: tuple[Path, ...], source: str, data: Path | None) -> int:
    """Local .txt .html .pdf .docx .warc files or folders, as articles."""
    from flows.job import folder_sources, run_job
    from flows.stages import real_place

    missing = [path for path in paths if not path.exists()]
    if len(missing) == len(paths):
        raise UsageError(f"{missing[0]}: no such file or folder")

    with progress("importing …") as tell, real_place(read_settings(data), tell) as place:
        report = run_job(place, folder_sources(source, paths))
    return tell_report(report, as_json=False)


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--model", metavar="NAME", help="Take the entities from this spaCy pipeline instead of the shipped one.")
@click.option("--jsonl", is_flag=True, help="One JSON object a document (else a short overview).")
def analyse(paths: tuple[Path, ...], model: str | None, jsonl: bool) -> int:
    """Read files and print what stands in them, without a warehouse."""
    from flows.analyse import analyse_files, overview
    from flows.stages import utc_now
    from nlp.pipeline import load_pipeline

    complaints_made = 0

    def complain(line: str) -> None:
        nonlocal complaints_made
        complaints_made += 1
        print_line(f"helseradar: {line}")

    with progress("loading the model …"):
        pipeline = load_pipeline(model)
    for document in analyse_files(paths, pipeline, utc_now(), complain):
        click.echo(json.dumps(document, ensure_ascii=False) if jsonl else overview(document))
    return 1 if complaints_made else 0


@cli.command()
@click.argument("query", required=False)
@click.option(
    "-f", "--file", "file", type=click.File(encoding="utf-8"), help="Read the query from a file ('-': stdin)."
)
@data_option
@format_option
def sql(query: str | None, file: Any, data: Path | None, form: str) -> int:
    """Ask the published copy in SQL, read only."""
    from warehouse.publish import published
    from warehouse.query import query as ask_sql

    if (query is None) == (file is None):
        raise click.UsageError("give one query, as QUERY or with -f FILE")
    frame = ask_sql(published(read_settings(data).data), query if query is not None else file.read())
    click.echo(frame_text(frame, form))
    return 0


@cli.command()
@click.argument("question", required=False)
@click.option("--grain", type=click.Choice(["week", "month"]), default="month", show_default=True)
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Leave out what is older (2024-01-31)."
)
@click.option("--chart", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help=".svg .png or .json")
@data_option
@format_option
def trends(
    question: str | None, grain: str, since: datetime | None, chart: Path | None, data: Path | None, form: str
) -> int:
    """The shipped questions, as tables and pictures. Without QUESTION: which there are."""
    from warehouse.publish import published
    from warehouse.questions import ask, questions

    if question is None:
        for one in questions().values():
            click.echo(f"{one.name:15} {one.title}")
        return 0
    settings = read_settings(data)
    if question not in questions():
        raise QuestionError(question, f"no question '{question}'; there are {', '.join(questions())}")
    if chart is not None and not chart.absolute().parent.is_dir():
        raise UsageError(f"{chart}: the folder is not there; make it first")
    frame = ask(published(settings.data), question, grain=grain, since=since.date() if since else None)
    if chart is not None:
        from review.charts import chart as draw
        from review.charts import save

        save(draw(question, frame), chart)
    click.echo(frame_text(frame if form in DATA_FORMATS else by_period(frame, grain), form))
    return 0


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True)
@data_option
def review(port: int, data: Path | None) -> int:
    """The review app in the browser, on 127.0.0.1."""
    from review.serve import serve

    serve(read_settings(data).data, port)
    return 0


@cli.command()
@click.option("--cron", default="0 6 * * *", show_default=True, help="When to run, in Norwegian time.")
@click.option("--sources", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Read this list alone.")
@data_option
def schedule(cron: str, sources: Path | None, data: Path | None) -> int:
    """Run on a schedule until stopped."""
    from flows.job import choose_sources, shipped_and_own
    from flows.schedule import serve_schedule
    from flows.stages import utc_now

    settings = read_settings(data)
    files = [sources.absolute()] if sources else shipped_and_own(settings.sources)
    choose_sources(files)  # a list that is wrong should be told now, not at six in the morning
    serve_schedule(cron, settings.data, files, print_line, utc_now())
    return 0


@cli.command()
@data_option
def doctor(data: Path | None) -> int:
    """Look for what is wrong: sources, model, warehouse, last runs."""
    from flows.doctor import examine
    from flows.stages import utc_now

    settings: Settings = read_settings(data)
    findings = list(examine(settings, utc_now()))
    for finding in findings:
        click.echo(str(finding))
    return 1 if any(finding.is_wrong for finding in findings) else 0


cli.add_command(evaluate)
cli.add_command(forget)
cli.add_command(sources_group)
cli.add_command(backfill)


def main() -> None:
    """Entry point: every failure is one line and an exit code."""
    sys.exit(exit_code(sys.argv[1:]))


def exit_code(arguments: list[str]) -> int:
    """Carry out a command line."""
    try:
        return int(cli.main(arguments, prog_name="helseradar", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "helseradar"
        print_line(f"helseradar: {' '.join(error.format_message().split())}; see '{command} --help'")
        return 2
    except (click.Abort, KeyboardInterrupt):
        print_line("helseradar: stopped; what was done is kept, the next run goes on from there")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of a pipe has left
        return 0
    except ROOM_ERRORS as error:
        print_line(f"helseradar: {error}")
        return 2 if isinstance(error, WRONG_USE) else 1
    except OSError as error:
        print_line(f"helseradar: {error.filename or ''}: {error.strerror or error}".replace(": : ", ": "))
        return 1
    except Exception as error:
        if os.environ.get("HELSERADAR_DEBUG"):
            raise
        print_line(f"helseradar: {type(error).__name__}: {error}; HELSERADAR_DEBUG=1 shows where")
        return 1


if __name__ == "__main__":
    main()
