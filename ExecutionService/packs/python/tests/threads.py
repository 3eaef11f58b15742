from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def square(number):
    return number**2


def cube(number):
    return number**3


if __name__ == "__main__":
    with ThreadPoolExecutor(max_workers=16) as threads:
        print(list(threads.map(square, range(4))))
    with ProcessPoolExecutor(max_workers=2) as processes:
        print(list(processes.map(cube, range(4))))
