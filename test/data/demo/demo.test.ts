// All tests of the sample company run in one process, since making it is most of their time.
import './plausible.ts'
import './truth.ts'
import './written.ts'
