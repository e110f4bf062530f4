import ts from 'typescript';

/**
 * All modules that a file of compiled JavaScript loads, however it does; `(computed)` where the name is not written
 * there.
 */
export function importsOf(code: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		const name = moduleOf(node);
		if (name) found.push(ts.isStringLiteralLike(name) ? name.text : '(computed)');
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('file.js', code, ts.ScriptTarget.Latest));
	return found;
}

function moduleOf(node: ts.Node): ts.Expression | undefined {
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
	if (!ts.isCallExpression(node)) return undefined;
	const { expression } = node;
	const loads =
		expression.kind === ts.SyntaxKind.ImportKeyword ||
		(ts.isIdentifier(expression) && expression.text === 'require') ||
		(ts.isPropertyAccessExpression(expression) && /^(require|getBuiltinModule)$/.test(expression.name.text));
	return loads ? (node.arguments[0] ?? expression) : undefined;
}
