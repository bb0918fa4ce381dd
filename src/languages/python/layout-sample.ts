/** Python text whose tree shows everything that tree-reader.ts compares. */
export const LAYOUT_SAMPLE = `# comment
import os, sys as system
class Längere(Basis, metaclass=M): x: int = 1
def f(a, /, b=2, *c, **d) -> str:
    if a: print(match, type) # trailing
    with open(a) as g, (h): return [*a, not b is not c, d not in e]
    ${' '.repeat(300)}name_that_is_${'long_'.repeat(60)} = "${'text '.repeat(70)}\\n" f"{a!r:>{b}}" \\
        "end"

`.concat(`x = (1 +
def broken(:
    pass
y = [1, 2
print 3
for z in (4 5 6): @
`);
