' Greets you, then takes a number apart into its prime factors.
Module Program
    Structure Factor
        Public Prime, Power As Integer

        Public Overrides Function ToString() As String
            Dim superscript = String.Concat(From digit In $"{Power}" Select "⁰¹²³⁴⁵⁶⁷⁸⁹"(AscW(digit) - AscW("0"c)))
            Return If(Power = 1, $"{Prime}", Prime & superscript)
        End Function
    End Structure

    Function Main() As Integer
        Dim name = Ask("What is your name? ")
        Console.WriteLine($"Hello, {If(name = "", "stranger", name)}!")

        Dim answer = Ask("A whole number from 2 to a billion: ")
        Dim number As Integer
        If Not Integer.TryParse(answer, number) OrElse number < 2 OrElse number > 1_000_000_000 Then
            Console.Error.WriteLine($"““{answer}”” is not such a number.")
            Return 1
        End If

        Dim factors = From divisor In PrimeFactors(number)
                      Group By Prime = divisor Into Power = Count()
                      Select New Factor With {.Prime = Prime, .Power = Power}
        Console.WriteLine($"{number} = {String.Join(" × ", factors)}")
        Return 0
    End Function

    Function Ask(question As String) As String
        Console.Write(question)
        Return If(Console.ReadLine(), "").Trim()
    End Function

    Iterator Function PrimeFactors(number As Integer) As IEnumerable(Of Integer)
        Dim divisor = 2
        While divisor <= number \ divisor
            If number Mod divisor = 0 Then
                Yield divisor
                number \= divisor
            Else
                divisor += 1
            End If
        End While
        Yield number
    End Function
End Module
