import path from 'node:path';
import ts from 'typescript';

/**
 * The sources that a tsconfig.json includes, compiled once by the compiler that Forge's bundler and Atlassian's lint
 * use. Throws when the file can't be read.
 */
export function compiledSources(configFile: string): ts.Program {
  const { config, error } = ts.readConfigFile(configFile, (file) => ts.sys.readFile(file));
  if (error !== undefined) throw new Error(sentenceOf(error));
  const { fileNames, options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(configFile));
  return ts.createProgram({ rootNames: fileNames, options, configFileParsingDiagnostics: errors });
}

/** Everything that the compiler says against the sources, which the bundler would refuse them for: one sentence each. */
export function typeFindings(program: ts.Program): string[] {
  return ts.getPreEmitDiagnostics(program).map((found) => `bundle ${sentenceOf(found)}`);
}

function sentenceOf({ file, start, code, messageText }: ts.Diagnostic): string {
  const said = `TS${String(code)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  if (file === undefined || start === undefined) return said;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return `${path.relative(process.cwd(), file.fileName)}(${String(line + 1)},${String(character + 1)}) ${said}`;
}
