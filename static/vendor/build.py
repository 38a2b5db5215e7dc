"""Make static/fonts/, static/icons.svg, static/favicon.svg and this folder's README
from pinned npm packages. Run by `make vendor`; needs npm, and the extra `vendor`.

The packages are checked against the sha256 written here before anything is read from
them, and the same input gives the same bytes, so a second run changes nothing in git.
"""

import hashlib
import re
import subprocess
import tarfile
import tempfile
import unicodedata
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent


@dataclass(frozen=True)
class Package:
    """One npm package at one version; sha256 is that of the .tgz in the registry."""

    name: str
    version: str
    licence: str
    licence_file: str
    sha256: str

    @property
    def tarball(self) -> str:
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


OVERPASS = Package(
    "@fontsource-variable/overpass", "5.3.0", "OFL-1.1", "overpass-OFL.txt",
    "906c04fd94dfbf0fcc7c82ee2354c028a855540bfb114d2b0d7684ed7d6b2c07",
)  # fmt: skip
SERIF = Package(
    "@fontsource-variable/source-serif-4", "5.3.1", "OFL-1.1", "source-serif-4-OFL.txt",
    "8c452853c74be1e43e9fbfe76321c26f4678a2d431e93209ff1d9faec03fd96f",
)  # fmt: skip
LUCIDE = Package(
    "lucide-static", "1.62.0", "ISC (some icons MIT)", "lucide-ISC.txt",
    "386f9080c440d6f5049cefe3456ae8357f7a0c7f76e59670cd1cb83bc7050a44",
)  # fmt: skip


@dataclass(frozen=True)
class Face:
    """One font file: from which file of which package, with which weights and letters."""

    output: str
    title: str
    package: Package
    member: str
    weights: tuple[int, int]
    letters: str
    # Ascent and descent in thousandths of an em, where the font's own would set text
    # off the middle of a button. Written into the font: Safari has no ascent-override.
    metrics: tuple[int, int] | None = None
    family: str | None = None  # the licence reserves the name "Source" for the original


# Latin-1 and the punctuation that prose uses. The packages' Latin files hold no
# → ← ≥ ≤ ✓ ✗ ⅓: the system's font draws those, and controls use icons.svg.
LATIN = (
    "U+0020-007E,U+00A0-00FF,U+0152,U+0153,U+2010,U+2011,U+2013,U+2014,U+2018-201A,"
    "U+201C-201E,U+2022,U+2026,U+202F,U+2032,U+2033,U+20AC,U+2190-2193,U+2212,U+2264,U+2265"
)
# Latin Extended-A and the dagger: fetched only by a page that sets such a letter.
LATIN_EXT = "U+0100-0151,U+0154-017F,U+0218-021B,U+2020,U+2021"

SANS_METRICS = (950, 316)
FACES = (
    Face("overpass.woff2", "Overpass", OVERPASS, "overpass-latin-wght-normal",
         (400, 800), LATIN, SANS_METRICS),
    Face("overpass-ext.woff2", "Overpass, Latin Extended-A", OVERPASS, "overpass-latin-ext-wght-normal",
         (400, 800), LATIN_EXT, SANS_METRICS),
    Face("offramp-serif.woff2", "Source Serif 4", SERIF, "source-serif-4-latin-wght-normal",
         (400, 700), LATIN, family="Offramp Serif"),
    Face("offramp-serif-ext.woff2", "Source Serif 4, Latin Extended-A", SERIF,
         "source-serif-4-latin-ext-wght-normal", (400, 700), LATIN_EXT, family="Offramp Serif"),
    Face("offramp-serif-italic.woff2", "Source Serif 4 italic", SERIF, "source-serif-4-latin-wght-italic",
         (400, 700), LATIN, family="Offramp Serif"),
)  # fmt: skip
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum", "pnum"]

# Name in the sprite: name in Lucide, where the two differ.
ICONS = {
    "check": "check", "x": "x", "minus": "minus", "flag": "flag", "clock": "clock", "menu": "menu",
    "chevron-left": "chevron-left", "chevron-right": "chevron-right",
    "arrow-up": "arrow-up", "arrow-down": "arrow-down", "cloud-off": "cloud-off", "save": "save",
    "check-circle": "circle-check", "info": "info", "alert-triangle": "triangle-alert",
    "book-open": "book-open", "list-checks": "list-checks", "log-out": "log-out", "user": "user",
    "external-link": "external-link",
}  # fmt: skip

# Offramp's own sign: a road that goes on, and a ramp that leaves it.
MARK = (
    '<path stroke="{road}" stroke-width="3.2" d="M8 25V1"/>'
    '<path stroke="#ffb37a" stroke-width="3.2" d="M8 18c0-7 9-4 9-12V3"/>'
    '<path stroke="#ffb37a" stroke-width="3" stroke-linejoin="round" d="m12.8 7 4.2-4.6L21.2 7"/>'
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        archives = {package: fetch(package, Path(folder)) for package in (OVERPASS, SERIF, LUCIDE)}
    for package, archive in archives.items():
        write(HERE / "licences" / package.licence_file, member(archive, "LICENSE"))
    for face in FACES:
        font = member(archives[face.package], f"files/{face.member}.woff2")
        write(STATIC / "fonts" / face.output, cut(font, face))
    write(STATIC / "icons.svg", sprite(archives[LUCIDE]).encode())
    write(STATIC / "favicon.svg", favicon().encode())
    write(HERE / "README.md", readme().encode())


def fetch(package: Package, folder: Path) -> bytes:
    """Download one package with npm and refuse it if a single byte differs."""
    command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    archive = (folder / package.tarball).read_bytes()
    found = hashlib.sha256(archive).hexdigest()
    if found != package.sha256:
        raise SystemExit(f"{package.tarball}: sha256 is {found}, expected {package.sha256}")
    return archive


def member(archive: bytes, name: str) -> bytes:
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        file = tar.extractfile(f"package/{name}")
        if file is None:
            raise SystemExit(f"package/{name} is not a file in the package")
        return file.read()


def cut(data: bytes, face: Face) -> bytes:
    """Keep the weights, letters and features that the pages use; drop the rest."""
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    instancer.instantiateVariableFont(font, {"wght": face.weights}, inplace=True)
    options = subset.Options(hinting=False, layout_features=FEATURES, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(face.letters))
    cutter.subset(font)
    mend_classes(font)
    if face.metrics:
        set_metrics(font, *face.metrics)
    if face.family:
        rename(font, face.family)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def mend_classes(font: TTFont) -> None:
    """Overpass calls its "·" a combining mark, and browsers then give it no width."""
    classes = font["GDEF"].table.GlyphClassDef.classDefs
    for code, glyph in font.getBestCmap().items():
        if classes.get(glyph) == 3 and not unicodedata.combining(chr(code)):
            classes[glyph] = 1


def set_metrics(font: TTFont, ascent: int, descent: int) -> None:
    em = font["head"].unitsPerEm / 1000
    up, down = round(ascent * em), round(descent * em)
    font["hhea"].ascent = font["OS/2"].sTypoAscender = font["OS/2"].usWinAscent = up
    font["OS/2"].usWinDescent = down
    font["hhea"].descent = font["OS/2"].sTypoDescender = -down


def rename(font: TTFont, family: str) -> None:
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            style = str(font["name"].getDebugName(2))
            full = {1: family, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
            record.string = full[record.nameID]


def sprite(archive: bytes) -> str:
    """Every icon as a <symbol> that takes the colour of the text around it."""
    pen = 'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    symbols = []
    for name, source in ICONS.items():
        fill = "var(--icon-fill, none)" if name == "flag" else "none"  # a small flag reads better filled
        drawing = shapes(member(archive, f"icons/{source}.svg").decode())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24" fill="{fill}" {pen}>{drawing}</symbol>')
    mark = MARK.format(road="currentColor")
    symbols.append(f'<symbol id="mark" viewBox="0 0 26 26" fill="none" stroke-linecap="round">{mark}</symbol>')
    return (
        f"<!-- {LUCIDE.name} {LUCIDE.version}, {LUCIDE.licence}; the mark is Offramp's own. "
        "Made by vendor/build.py. -->\n"
        '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    )


def shapes(svg: str) -> str:
    """What is drawn inside the <svg>, on one line."""
    inside = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if inside is None:
        raise SystemExit(f"not an SVG file: {svg[:60]!r}")
    return re.sub(r"\s+", " ", inside[1]).replace("> <", "><").replace(" />", "/>").strip()


def favicon() -> str:
    """The mark on its own ground, so that it reads on a light and on a dark tab."""
    mark = MARK.format(road="#fff")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        '<rect width="32" height="32" rx="7" fill="#00573f"/>'
        f'<g transform="translate(4.5 3.6) scale(.95)" fill="none" stroke-linecap="round">{mark}</g></svg>\n'
    )


def readme() -> str:
    rows = [(f"fonts/{face.output}", face.title, face.package) for face in FACES]
    rows.append(("icons.svg", "Lucide icons, as one sprite", LUCIDE))
    lines = [
        "# Third-party files",
        "",
        "Made by `make vendor` (`build.py`), which downloads the packages below with `npm pack`, checks them",
        "and cuts them down. Do not edit the files by hand. Licence texts are in `licences/`.",
        "",
        "| File in `static/` | What | Version | Licence | npm package | Bytes | sha256 |",
        "|---|---|---|---|---|---:|---|",
    ]
    for path, title, package in rows:
        data = (STATIC / path).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        licence = f"[{package.licence}](licences/{package.licence_file})"
        cells = (
            f"`{path}`",
            title,
            package.version,
            licence,
            f"`{package.name}`",
            str(len(data)),
            f"`{digest}`",
        )
        lines.append(f"| {' | '.join(cells)} |")
    lines += [
        "",
        "The fonts keep the weights 400 to 800 (Overpass) and 400 to 700 (Source Serif 4), Latin letters and",
        "the punctuation of prose. Overpass has new ascent and descent values, so that words stand in the",
        'middle of a button, and its "·" is no longer a combining mark. Source Serif 4 is renamed',
        '"Offramp Serif": its licence reserves the name "Source" for the unchanged font.',
        "The packages hold no → ← ≥ ≤ ✓ ✗ ⅓; the reader's system draws these.",
        f"Last made with fontTools {version('fonttools')} and brotli {version('brotli')}.",
        "",
    ]
    return "\n".join(lines)


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    print(f"{path.relative_to(STATIC)}: {len(data)} bytes")


if __name__ == "__main__":
    main()
