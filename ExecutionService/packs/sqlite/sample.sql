-- Reads people from standard input, and asks who of them could have met.
.import --csv /dev/stdin person
.mode box

CREATE VIEW life AS
SELECT name, born, died, CAST((julianday(died) - julianday(born)) / 365.2425 AS INTEGER) AS age
FROM person;

SELECT name, age, rank() OVER (ORDER BY age DESC) AS place
FROM life
ORDER BY born;

SELECT elder.name AS elder,
       younger.name AS younger,
       strftime('%Y', min(elder.died, younger.died)) - strftime('%Y', younger.born) AS "years together"
FROM life AS elder
JOIN life AS younger ON elder.born < younger.born AND younger.born < elder.died
ORDER BY "years together" DESC;

-- How many of them lived at the start of each half-century.
WITH RECURSIVE moment(year) AS (
    VALUES (1800)
    UNION ALL
    SELECT year + 50 FROM moment WHERE year < 2000
)
SELECT year, count(name) AS living, coalesce(group_concat(name, ', '), '') AS who
FROM moment
LEFT JOIN life ON year BETWEEN strftime('%Y', born) + 0 AND strftime('%Y', died) + 0
GROUP BY year;
