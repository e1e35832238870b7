/** Apart from the verdicts that the page starts with: only the terminal reads what lies beside a file. */
export { originOf } from '../../quality/carried.ts';
