"""Draws two curves and keeps them as a picture in plot.png."""
import matplotlib.pyplot as plt
import numpy as np

x = np.linspace(0, 4 * np.pi, 400)

plt.figure(figsize=(7, 4))
plt.plot(x, np.sin(x), label="sin x")
plt.plot(x, np.sin(x) * np.exp(-x / 6), label="fading")
plt.grid(alpha=0.3)
plt.legend()
plt.tight_layout()
plt.savefig("plot.png", dpi=120)
print("Drawn: plot.png")
