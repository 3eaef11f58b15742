import { useMemo, useState } from 'react'
import { t } from '../texts/texts'
import { Button } from '../ui/Button'
import styles from './Artifacts.module.css'
import { type Artifact, textOf } from './artifact'
import { type Sorting, parseTable, sortRows } from './csv'

/** As many as are laid out without a pause. */
const firstRows = 200
const moreRows = 1_000

/** A table that a program wrote; its first line are the columns' names. */
export function Table({ artifact }: { artifact: Artifact }) {
  const [columns = [], ...rows] = useMemo(() => parseTable(textOf(artifact), artifact.path), [artifact])
  const [sorting, setSorting] = useState<Sorting | null>(null)
  const [limit, setLimit] = useState(firstRows)
  // The rows are those of the memo above, but the rest of a pattern is always new.
  const sorted = useMemo(() => (sorting ? sortRows(rows, sorting) : rows), [artifact, sorting])
  if (columns.length === 0) return <p className={styles['note']}>{t.artifacts.emptyTable}</p>

  const shown = sorted.slice(0, limit)
  const widest = Math.max(columns.length, ...shown.map((row) => row.length))
  const names = Array.from({ length: widest }, (_, index) => columns[index] ?? '')
  const sortBy = (column: number) => setSorting({ column, descending: sorting?.column === column && !sorting.descending })
  return (
    <>
      <div className={styles['table']} tabIndex={0} role="region" aria-label={artifact.path}>
        <table>
          <thead>
            <tr>
              {names.map((name, column) => (
                <th key={column} scope="col" aria-sort={sorting?.column !== column ? undefined : sorting.descending ? 'descending' : 'ascending'}>
                  <button type="button" title={t.artifacts.sortBy(name)} onClick={() => sortBy(column)}>
                    {name || column + 1}
                    <span aria-hidden="true">{sorting?.column !== column ? '' : sorting.descending ? ' ↓' : ' ↑'}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={index}>{names.map((_, column) => <td key={column} data-number={isNumber(row[column])}>{row[column]}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles['hint']}>
        {t.artifacts.rows(shown.length, rows.length)}{' '}
        {shown.length < rows.length && (
          <Button small look="outlined" onClick={() => setLimit(limit + moreRows)}>{t.artifacts.more(Math.min(moreRows, rows.length - shown.length))}</Button>
        )}
      </p>
    </>
  )
}

const isNumber = (value: string | undefined): boolean => value !== undefined && value.trim() !== '' && Number.isFinite(Number(value))
