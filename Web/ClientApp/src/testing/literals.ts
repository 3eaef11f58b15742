import ts from 'typescript'

/** Attributes that people see or hear. */
const spokenAttributes = new Set(['alt', 'aria-description', 'aria-label', 'aria-roledescription', 'label', 'placeholder', 'title'])
/** What is inside is no language: names of keys, code. */
const unspoken = new Set(['code', 'kbd'])

/** The words in a component that are written there and not in `texts`: text between tags, and attributes that are read out. */
export function literalsIn(fileName: string, source: string): string[] {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found: string[] = []
  const add = (node: ts.Node, text: string) => {
    // A name is the same in every language.
    if (!/\p{L}{2}/u.test(text) || text.trim() === 'OnlineCompiler') return
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
    found.push(`${fileName}:${line + 1} ${text.trim()}`)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isJsxElement(node) && unspoken.has(node.openingElement.tagName.getText(file))) return
    if (ts.isJsxText(node)) add(node, node.text)
    else if (ts.isJsxAttribute(node)) {
      if (spokenAttributes.has(node.name.getText(file)) && node.initializer) values(node.initializer).forEach((value) => add(value, value.getText(file)))
    } else if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) {
      values(node.expression).forEach((value) => add(value, value.getText(file)))
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** The texts that an expression may come to, as far as they are written in it. */
function values(node: ts.Node): ts.Node[] {
  if (ts.isStringLiteralLike(node)) return [node]
  if (ts.isTemplateExpression(node)) return [node.head, ...node.templateSpans.map((span) => span.literal)].filter((part) => /\p{L}{2}/u.test(part.text))
  if (ts.isJsxExpression(node)) return node.expression ? values(node.expression) : []
  if (ts.isParenthesizedExpression(node)) return values(node.expression)
  if (ts.isConditionalExpression(node)) return [...values(node.whenTrue), ...values(node.whenFalse)]
  if (ts.isBinaryExpression(node)) return isChoice(node) ? [...values(node.left), ...values(node.right)] : []
  return []
}

const isChoice = ({ operatorToken: { kind } }: ts.BinaryExpression) =>
  [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.PlusToken].includes(kind)
