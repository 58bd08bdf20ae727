"""`isnad eval`: run, compare, draw and gate evaluations. Everything heavy is imported inside the commands."""

import click


@click.group(name="eval")
def eval_() -> None:
    """Measure every step, and tell whether it got worse."""


@eval_.command()
@click.option("--suite", default="quick")
@click.option("--data", envvar="ISNAD_EVAL_DATA")
@click.option("--runs", default=".isnad/evals", envvar="ISNAD_EVAL_RUNS")
@click.option("--limit", type=int)
@click.option("--analyst", default="auto")
@click.option("--model")
def run(suite, data, runs, limit, analyst, model):
    from pathlib import Path

    from evals.run import Order
    from evals.run import run as run_

    one = run_(Order(suite=suite, data=data, limit=limit, analyst=analyst, model=model), Path(runs), click.echo)
    for s in one.result.suites:
        print(
            s.suite,
            s.items,
            s.failed,
            [(f.measure, f.group, round(f.value, 3), f.low, f.high) for f in s.figures],
            s.latency,
            s.confusion,
            s.class_f1,
        )
