-- Greets you, then takes a number apart into its prime factors.
module Main (main) where

import Data.List (group, intercalate)
import System.Exit (die)
import System.IO (hFlush, isEOF, stdout)
import Text.Read (readMaybe)

primeFactors :: Int -> [Int]
primeFactors = divideBy (2 : [3, 5 ..])
  where
    divideBy (prime : primes) number
      | prime * prime > number = [number]
      | number `mod` prime == 0 = prime : divideBy (prime : primes) (number `div` prime)
      | otherwise = divideBy primes number
    divideBy [] number = [number]

power :: [Int] -> String
power [prime] = show prime
power primes = show (head primes) ++ map superscript (show (length primes))
  where
    superscript digit = "⁰¹²³⁴⁵⁶⁷⁸⁹" !! read [digit]

ask :: String -> IO String
ask question = do
  putStr question
  hFlush stdout
  end <- isEOF
  if end then pure "" else unwords . words <$> getLine

main :: IO ()
main = do
  name <- ask "What is your name? "
  putStrLn ("Hello, " ++ (if null name then "stranger" else name) ++ "!")

  answer <- ask "A whole number from 2 to a billion: "
  case readMaybe answer of
    Just number
      | number >= 2 && number <= 1000000000 ->
        putStrLn (answer ++ " = " ++ intercalate " × " (map power (group (primeFactors number))))
    _ -> die ("“" ++ answer ++ "” is not such a number.")
