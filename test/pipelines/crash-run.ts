import { Company } from './company.ts'

/** One run of the company in a folder, in a process that a test kills. Says when the run begins and how it ended. */
const [folder, day] = process.argv.slice(2)
const company = await Company.open(folder)
company.clock += Number(day) * 24 * 3_600_000
process.stdout.write('running\n')
const report = await company.run()
process.stdout.write(`${report.status}\n`)
await company.leave()
