/**
 * Python text whose tree shows how a tree is laid out in memory: aliases (`print`, the body behind a colon), comments, short and
 * long tokens and blanks. It is parsed at each start from the sources, so it is short and without errors; the tests compare far more.
 */
export const LAYOUT_SAMPLE = `# comment
class A(B, metaclass=C): x: int = 1
def f(a, *b):
    if a: print(match) # trailing
${' '.repeat(300)}
    return "${'long text '.repeat(30)}\\n" f"{a!r:>{b}}" is not c
`;
