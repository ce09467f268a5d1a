/** A department system's command line: `npm run department -- --help`. */
import { runDepartment } from '../lib/local/department/command.ts';

const { code, output, error } = await runDepartment(process.argv.slice(2), process.env);
if (output !== undefined) console.log(output);
if (error !== undefined) console.error(error);
process.exitCode = code;
