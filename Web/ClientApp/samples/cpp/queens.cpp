// Eight queens on a chessboard, none of which attacks another.
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

using Board = std::vector<int>;

bool is_safe(const Board& columns, int column) {
    const int row = static_cast<int>(columns.size());
    for (int above = 0; above < row; ++above)
        if (columns[above] == column || std::abs(columns[above] - column) == row - above) return false;
    return true;
}

void place(int size, Board& columns, std::vector<Board>& solutions) {
    if (static_cast<int>(columns.size()) == size) {
        solutions.push_back(columns);
        return;
    }
    for (int column = 0; column < size; ++column) {
        if (!is_safe(columns, column)) continue;
        columns.push_back(column);
        place(size, columns, solutions);
        columns.pop_back();
    }
}

int main(int argc, char** argv) {
    const int size = argc > 1 ? std::stoi(argv[1]) : 8;
    Board columns;
    std::vector<Board> solutions;
    place(size, columns, solutions);
    if (!solutions.empty()) {
        for (int queen : solutions.front()) {
            for (int column = 0; column < size; ++column) std::cout << (column == queen ? "♛ " : "· ");
            std::cout << '\n';
        }
    }
    std::cout << solutions.size() << " solutions\n";
}
