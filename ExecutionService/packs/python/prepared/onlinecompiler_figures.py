"""Matplotlib without a screen: what a program shows becomes a picture among the files that it leaves.

Named by matplotlibrc, so it is imported with the first figure and not before. As with windows, show() returns when the figures
are closed, which here is at once. Without blocking, and by Figure.show(), a figure stays open; shown again, its picture is replaced.
"""

import itertools
import os

from matplotlib import is_interactive
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg


class FigureManager(FigureManagerBase):
    _picture = None

    def show(self):
        self._picture = self._picture or _claim_name()
        self.canvas.figure.savefig(self._picture)


class FigureCanvas(FigureCanvasAgg):
    manager_class = FigureManager


def show(*, block=None):
    for manager in Gcf.get_all_fig_managers():
        manager.show()
    if block or block is None and not is_interactive():
        Gcf.destroy_all()


def _claim_name():
    """Of a file that is not there yet: the program may have kept pictures of its own. Whole, for it may change its folder."""
    for number in itertools.count(1):
        path = os.path.abspath(f"figure-{number}.png")
        try:
            open(path, "xb").close()
            return path
        except FileExistsError:
            pass
