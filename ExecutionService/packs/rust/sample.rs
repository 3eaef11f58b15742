// Greets you, then takes a number apart into its prime factors.
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

struct Factor {
    prime: u32,
    power: u32,
}

impl fmt::Display for Factor {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}", self.prime)?;
        if self.power > 1 {
            for digit in self.power.to_string().bytes() {
                write!(out, "{}", ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"][(digit - b'0') as usize])?;
            }
        }
        Ok(())
    }
}

fn prime_factors(mut number: u32) -> impl Iterator<Item = Factor> {
    let mut prime: u32 = 1;
    std::iter::from_fn(move || {
        while number > 1 {
            // What has no divisor up to its root has none but itself.
            prime = if (prime + 1).pow(2) > number { number } else { prime + 1 };
            let mut power = 0;
            while number % prime == 0 {
                number /= prime;
                power += 1;
            }
            if power > 0 {
                return Some(Factor { prime, power });
            }
        }
        None
    })
}

fn ask(question: &str) -> io::Result<String> {
    print!("{question}");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().to_owned())
}

fn main() -> io::Result<ExitCode> {
    let name = ask("What is your name? ")?;
    println!("Hello, {}!", if name.is_empty() { "stranger" } else { &name });

    let answer = ask("A whole number from 2 to a billion: ")?;
    let Ok(number @ 2..=1_000_000_000) = answer.parse() else {
        eprintln!("“{answer}” is not such a number.");
        return Ok(ExitCode::FAILURE);
    };

    let factors: Vec<_> = prime_factors(number).map(|factor| factor.to_string()).collect();
    println!("{number} = {}", factors.join(" × "));
    Ok(ExitCode::SUCCESS)
}
