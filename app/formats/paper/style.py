"""How the paper looks, on the screen and printed."""

STYLE = """\
@page { margin: 18mm 16mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #111; background: #fff; font: 11pt/1.45 Georgia, "Times New Roman", serif; }
main { max-width: 178mm; margin: 0 auto; padding: 8mm 5mm; overflow-wrap: anywhere; }
h1 { margin: 0 0 4mm; font-size: 18pt; line-height: 1.2; }
h2 { margin: 0 0 2mm; font-size: 11pt; line-height: 1.45; break-after: avoid; }
article { margin: 0 0 7mm; break-inside: avoid; }
p { margin: 0 0 2mm; }
img { max-width: 100%; max-height: 90mm; vertical-align: middle; }
blockquote { margin: 0 0 3mm; padding: 0 0 0 4mm; border-left: 1mm solid #777; }
ol, ul { margin: 0 0 2mm; padding-left: 8mm; }
li { margin: 0 0 1.2mm; break-inside: avoid; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 1.5mm 2mm; border: 0.3mm solid #777; text-align: left; vertical-align: top; font-weight: normal; }
tr { break-inside: avoid; }
code { font-family: "DejaVu Sans Mono", Consolas, monospace; font-size: 0.9em; }
.note { color: #444; font-style: italic; }
.name { display: flex; flex-wrap: wrap; gap: 3mm 10mm; margin: 0 0 5mm; }
.name i { display: inline-block; width: 55mm; max-width: 60vw; border-bottom: 0.3mm solid #111; }
.tick { display: inline-block; width: 3.4mm; height: 3.4mm; border: 0.3mm solid #111; border-radius: 50%; }
.tick.box { border-radius: 0; }
.blank { display: inline-block; width: 26mm; border-bottom: 0.3mm solid #111; }
.prompts .blank { width: 10mm; }
.ticks { padding-left: 2mm; list-style: none; }
.line { height: 8mm; margin: 0; border-bottom: 0.3mm solid #777; }
.gaps { line-height: 2; }
.gap { white-space: normal; }
.grid td { text-align: center; }
.sheet > tbody > tr > th { width: 12mm; text-align: right; }
.letter { display: inline-block; min-width: 6mm; height: 6mm; margin: 0 1.5mm 1mm 0; border: 0.3mm solid #111;
  border-radius: 3mm; font-size: 9pt; line-height: 5.4mm; text-align: center; }
.page { break-before: page; }
@media screen { .page { margin-top: 14mm; padding-top: 8mm; border-top: 0.5mm dashed #777; } }
"""
