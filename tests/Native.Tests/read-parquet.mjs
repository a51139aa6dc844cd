// Prints a Parquet file's rows and metadata as JSON, read by hyparquet: a reader that shares no code with DuckDB.
// Usage: node read-parquet.mjs NODE_MODULES FILE
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, file] = process.argv.slice(2)
const load = name => import(pathToFileURL(createRequire(join(modules, 'package.json')).resolve(name)))
const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await load('hyparquet')
const { compressors } = await load('hyparquet-compressors')

const buffer = await asyncBufferFromFile(file)
const metadata = await parquetMetadataAsync(buffer)
const rows = await parquetReadObjects({ file: buffer, compressors })
// JSON has neither 64-bit integers nor NaN, infinities and -0: these travel as text.
const plain = (_, value) => typeof value === 'bigint' ? value.toString()
  : typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)) ? (Object.is(value, -0) ? '-0' : value.toString()) : value
console.log(JSON.stringify({
  metadata: Object.fromEntries(metadata.key_value_metadata.map(({ key, value }) => [key, value])),
  codecs: [...new Set(metadata.row_groups.flatMap(group => group.columns.map(column => column.meta_data.codec)))],
  rows,
}, plain))
