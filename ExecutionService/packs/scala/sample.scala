// Greets you, then takes a number apart into its prime factors.
import scala.io.StdIn
import scala.util.Try

case class Factor(prime: Int, power: Int) {
  override def toString: String = if (power == 1) s"$prime" else s"$prime$superscript"

  private def superscript = power.toString.map(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹" (digit.asDigit))
}

object Main extends App {
  /** The prime numbers from `candidate` on that divide `number`, as often as they do. */
  def primeFactors(number: Int, candidate: Int = 2): Stream[Int] =
    if (candidate * candidate > number) Stream(number)
    else if (number % candidate == 0) candidate #:: primeFactors(number / candidate, candidate)
    else primeFactors(number, candidate + 1)

  def ask(question: String): String = {
    print(question)
    Option(StdIn.readLine()).fold("")(_.trim)
  }

  val name = ask("What is your name? ")
  println(s"Hello, ${if (name.isEmpty) "stranger" else name}!")

  val answer = ask("A whole number from 2 to a billion: ")
  Try(answer.toInt).filter(number => number >= 2 && number <= 1000000000).toOption match {
    case Some(number) =>
      val factors = primeFactors(number).groupBy(identity).map { case (prime, all) => Factor(prime, all.size) }
      println(s"$number = ${factors.toSeq.sortBy(_.prime).mkString(" × ")}")
    case None =>
      Console.err.println(s"“$answer” is not such a number.")
      sys.exit(1)
  }
}
