"""The fault harness: real processes under load while everything is killed, and a check that no promise was broken.

`make chaos` runs it for long on both databases; `python -m tests.faults.chaos --help` tells the options, and
tests/faults/test_chaos.py is a short run of it. Read in this order:

- run.py       one run: start all, let people talk, kill, wait until all has come to rest, check, count
- nursery.py   a parent that has imported everything once and forks a child for each process asked for: the child runs the
               real command (`assistant serve`, `assistant work`) with its settings from the environment and is killed for
               real; only the second or two of imports are saved, without which thousands of kills would take hours
- fleet.py     keeps the processes, PostgreSQL and Redis running, and kills them
- people.py    people who write in bursts, and their platform: every webhook is repeated until it got its 200, and some
               are delivered again after it
- provider.py  the platforms' APIs with hidden truth: what reached a person, whatever was answered to the send
- model.py     the model server: quotes what it answers, so that the checker can tell which reply covers which message;
               kills the worker that asks it about a poison message
- history.py   what is recorded
- checker.py   the promises, as a pure function over the recorded history (tests/faults/test_chaos_checker.py)

The provider is not the sandbox of adapters/sandbox: that one has no faults by chance, keeps the whole state of phones,
and costs several times the processor time, which here belongs to the processes under test. The wire format is the same
(its payload modules are used), signatures are real.
"""
