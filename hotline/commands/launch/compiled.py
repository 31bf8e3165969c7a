"""编译缓存 every process finds its code compiled, whoever may write to the clone.

A container says that nothing be written beside the sources, a clone in /opt may not be written to:
either way each start would compile a thousand files anew, which takes longer than all else of it.
"""

import os
import sys

from hotline.commands.launch.home import Home

NEVER, WHERE = "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"


def keep_compiled(home: Home) -> None:
    """In the home from here on, for this process and those it starts; a place that is named holds.

    A home that cannot be written to is no fault: it is compiled each time, as before.
    """
    if sys.pycache_prefix is None:
        sys.pycache_prefix = str(home.root / "compiled")
    os.environ[WHERE] = sys.pycache_prefix
    os.environ.pop(NEVER, None)
    sys.dont_write_bytecode = False
