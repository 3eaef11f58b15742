// The Mandelbrot set: two pixels in each character, coloured by how soon a point escapes.
#include <cmath>
#include <complex>
#include <iostream>
#include <string>

constexpr int width = 72, height = 44, steps = 60;

int escape(std::complex<double> c) {
    std::complex<double> z;
    for (int step = 0; step < steps; ++step) {
        z = z * z + c;
        if (std::norm(z) > 4) return step;
    }
    return steps;
}

std::string color(int column, int row) {
    const int step = escape({-2.1 + 2.9 * column / width, -1.2 + 2.4 * row / height});
    if (step == steps) return "0;0;0";
    const double heat = std::sqrt(static_cast<double>(step) / steps);
    const auto part = [](double value) { return std::to_string(static_cast<int>(value)); };
    return part(255 * heat) + ';' + part(180 * heat * heat) + ';' + part(80 + 175 * (1 - heat));
}

int main() {
    for (int row = 0; row < height; row += 2) {
        for (int column = 0; column < width; ++column)
            std::cout << "\033[38;2;" << color(column, row) << ";48;2;" << color(column, row + 1) << "m▀";
        std::cout << "\033[0m\n";
    }
}
