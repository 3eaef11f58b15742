"""Prints name and version of the libraries that an operator has installed, a line each."""

from importlib.metadata import PackageNotFoundError, version

for name in ("matplotlib", "numpy", "pandas", "scipy", "sympy"):
    try:
        print(name, version(name))
    except PackageNotFoundError:
        pass
