using System;
using System.Collections.Generic;
using System.Linq;

namespace Greeting
{
    interface IAnimal
    {
        string Speak();
    }

    class Dog : IAnimal
    {
        private readonly string name;

        public Dog(string name)
        {
            this.name = name;
        }

        public string Speak() => "Woof, says " + name;
    }

    class Program
    {
        static int Factorial(int n)
        {
            if (n <= 1) return 1;
            return n * Factorial(n - 1);
        }

        static void Main(string[] args)
        {
            Stack<int> stack = new Stack<int>();
            for (int i = 0; i < 5; i++) stack.Push(Factorial(i));
            IAnimal animal = new Dog("Rex");
            Console.WriteLine("{0} {1}", animal.Speak(), stack.Pop());
            int[,] grid = new int[3, 3];
            grid[1, 1] = Convert.ToInt32("5");
            switch (grid[1, 1])
            {
                case 5:
                    Console.WriteLine("five");
                    break;
                default:
                    Console.WriteLine(stack.Where(x => x > 1).Count());
                    break;
            }
            do { Console.Write('.'); } while (stack.Count > 0 && stack.Pop() > 0);
        }
    }
}
