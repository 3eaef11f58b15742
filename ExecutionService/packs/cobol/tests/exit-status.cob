       identification division.
       program-id. total.
       data division.
       working-storage section.
       01  line-read   pic x(20) value high-values.
       01  total       pic 9(4) value 0.
       01  shown       pic zzz9.
       procedure division.
           perform until line-read = spaces
               move spaces to line-read
               accept line-read
               if line-read not = spaces
                   compute total = total + function numval(line-read)
               end-if
           end-perform
           move total to shown
           display function trim(shown)
           stop run returning 3.
