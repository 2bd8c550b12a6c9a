/** Statistics and the printing of tables. */

/** The value that a share of all values does not exceed. */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;
export const median = (values: readonly number[]): number => percentile(values, 0.5);
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

type Cell = string | number;

/** Text to the left, numbers to the right, as wide as it must be. */
export const table = (title: string, rows: readonly Readonly<Record<string, Cell>>[]): string => {
  const columns = Object.keys(rows[0] ?? {});
  const shown = (cell: Cell | undefined): string =>
    typeof cell === 'number' ? cell.toLocaleString('en-US', { maximumFractionDigits: 4 }) : (cell ?? '');
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => shown(row[column]).length)));
  const line = (cells: readonly string[], numeric: readonly boolean[]): string =>
    cells
      .map((cell, at) => (numeric[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  const numeric = columns.map((column) => rows.every((row) => typeof row[column] === 'number'));
  return [
    `\n${title}`,
    line(columns, numeric),
    ...rows.map((row) =>
      line(
        columns.map((column) => shown(row[column])),
        numeric,
      ),
    ),
  ].join('\n');
};
