"""The suites as Inspect tasks: `inspect eval evals/suites/stance.py -T analyst=lexical`."""
