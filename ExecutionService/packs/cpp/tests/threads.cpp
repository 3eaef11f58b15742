#include <atomic>
#include <future>
#include <iostream>
#include <thread>
#include <vector>

int main() {
    std::atomic<int> counter{};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 16; ++i)
            threads.emplace_back([&] {
                for (int step = 0; step < 1000; ++step)
                    ++counter;
            });
    }
    std::cout << counter << '\n';

    std::vector<std::future<int>> squares;
    for (int number = 0; number < 4; ++number)
        squares.push_back(std::async(std::launch::async, [number] { return number * number; }));
    for (auto separator = ""; auto& square : squares) {
        std::cout << separator << square.get();
        separator = " ";
    }
    std::cout << '\n';
}
