/** The only style of a report. Its hash stands in the policy of the file: change both together (a test says so). */
export const STYLE = `
@page { size: A4; margin: 16mm 15mm 18mm; @bottom-left { content: "Kinetex"; font: 8pt system-ui, sans-serif; color: #454b52; } @bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; color: #454b52; } }
* { box-sizing: border-box; }
html { font: 10pt/1.4 system-ui, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #17191c; background: #fff; font-variant-numeric: tabular-nums; }
body { max-width: 180mm; margin: 0 auto; padding: 8mm 0; }
@media screen and (max-width: 720px) { body { padding: 16px; } }
@media print { body { max-width: none; padding: 0; } }
header { border-bottom: 2px solid #0b63a8; padding-bottom: 3mm; }
h1 { font-size: 18pt; line-height: 1.2; margin: 0; }
h2 { font-size: 12.5pt; margin: 8mm 0 2mm; padding-bottom: 1mm; border-bottom: 1px solid #b9c0c7; break-after: avoid; }
h2 + p { break-after: avoid; }
h3 { font-size: 10.5pt; margin: 5mm 0 1.5mm; break-after: avoid; }
p { margin: 0 0 2mm; }
.quiet { color: #454b52; font-size: 9pt; }
.use { font-weight: 600; margin: 1.5mm 0 0; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 8mm; }
dl { display: grid; grid-template-columns: minmax(28mm, max-content) 1fr; gap: 0.6mm 4mm; margin: 0; align-content: start; }
dt { color: #454b52; }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: 8.5pt; line-height: 1.3; }
thead { display: table-header-group; }
th { text-align: left; font-weight: 600; color: #454b52; border-bottom: 1px solid #757d86; padding: 0.8mm 2mm 0.8mm 0; vertical-align: bottom; }
td { border-bottom: 1px solid #e3e6e9; padding: 0.6mm 2mm 0.6mm 0; vertical-align: top; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
th.number, td.number { text-align: right; white-space: nowrap; }
td.code, td.unit { white-space: nowrap; }
td.code, .code { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.92em; }
tr.group td { font-weight: 600; background: #f1f3f5; padding: 0.8mm 1.5mm; break-after: avoid; }
.narrow { width: 1%; white-space: nowrap; }
table.list { table-layout: fixed; }
.nth { width: 8mm; }
.subject { width: 33%; }
.state { width: 32mm; }
.answer { width: 17mm; }
table.features th.number { width: 24mm; white-space: normal; }
table.features th .quiet, td .quiet { font-size: 7.5pt; font-weight: 400; }
table + table { margin-top: 4mm; }
a { color: inherit; }
.verdict { display: inline-block; padding: 0 1.6mm; border: 1px solid; border-radius: 1mm; font-weight: 600; font-size: 8.5pt; white-space: nowrap; }
.block, .fail { color: #a3221a; }
.warn { color: #6e4e00; }
.info { color: #37597a; }
.pass { color: #16693a; }
.na, .missing, .not_done, .not_applicable { color: #555c64; }
.banner { border: 1px solid; border-left-width: 1.5mm; padding: 2mm 3mm; margin: 3mm 0; break-inside: avoid; }
.pictures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 4mm; align-items: start; }
figure { margin: 0; break-inside: avoid; }
.frame { position: relative; background: #000; }
.frame img { display: block; width: 100%; height: auto; }
.frame span { white-space: nowrap; position: absolute; color: #fff; font-size: 8pt; line-height: 1; text-shadow: 0 0 2px #000, 0 0 2px #000; }
.left { left: 1mm; top: 50%; }
.right { right: 1mm; top: 50%; }
.upper { top: 1mm; left: 50%; }
.lower { bottom: 1mm; left: 50%; }
.frame svg.scale { position: absolute; left: 3mm; bottom: 3mm; width: 100%; height: 1mm; pointer-events: none; }
.frame .length { left: 3mm; bottom: 4.6mm; }
.range { display: grid; grid-template-columns: auto 1fr auto; gap: 1.5mm; align-items: center; margin-top: 1mm; font-size: 7.5pt; color: #454b52; }
.range svg { width: 100%; height: 2mm; border: 0.2mm solid #757d86; }
figcaption { font-size: 8pt; color: #454b52; margin-top: 1mm; }
.methods { padding: 3mm 4mm; background: #f1f3f5; break-inside: avoid; }
#provenance { break-inside: avoid; }
.signatures { break-before: avoid; display: grid; grid-template-columns: 1fr 1fr; gap: 10mm; margin-top: 4mm; break-inside: avoid; }
.signatures div { border-top: 1px solid #17191c; padding-top: 1mm; margin-top: 14mm; font-size: 9pt; }
.code dl { grid-template-columns: fit-content(62mm) 1fr; }
.code dt { font-family: system-ui, sans-serif; }
.code dd { font-size: 7.5pt; }
footer { margin-top: 8mm; border-top: 1px solid #b9c0c7; padding-top: 2mm; }
@media print { footer { display: none; } }
table + p { margin-top: 2mm; }
* { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
`;

/** SHA-256 of {@link STYLE} in base64. */
export const STYLE_HASH = 'Em3bX7yZvLIF8wAaODGi56922a292DypZNCgrdzAi7U=';
