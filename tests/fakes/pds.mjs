// The real Bluesky server (@atproto/pds) and the real directory of identities (@did-plc/server), for tests.
// Run in the folder whose node_modules hold both: node pds.mjs DATA PDS_PORT PLC_PORT. Prints READY when it listens.
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'

const [data, pdsPort, plcPort] = process.argv.slice(2)
const require = createRequire(path.join(process.cwd(), 'package.json'))
const key = () => randomBytes(32).toString('hex')

// Both packages would listen on every interface.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, done) {
  return listen.call(this, Number(port), '127.0.0.1', done)
}

for (const folder of ['blobs', 'tmp']) mkdirSync(path.join(data, folder), { recursive: true })
Object.assign(process.env, {
  LOG_ENABLED: 'false',
  PDS_DEV_MODE: 'true', // takes http, and handles ending in .test
  PDS_HOSTNAME: 'localhost',
  PDS_PORT: pdsPort,
  PDS_DATA_DIRECTORY: data,
  PDS_BLOBSTORE_DISK_LOCATION: path.join(data, 'blobs'),
  PDS_BLOBSTORE_DISK_TMP_LOCATION: path.join(data, 'tmp'),
  PDS_DID_PLC_URL: `http://127.0.0.1:${plcPort}`,
  PDS_INVITE_REQUIRED: 'false',
  PDS_RATE_LIMITS_ENABLED: 'true',
  PDS_JWT_SECRET: 'for-tests-only',
  PDS_DPOP_SECRET: key(),
  PDS_ADMIN_PASSWORD: key(),
  PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: key(),
})

const plc = require('@did-plc/server')
const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: Number(plcPort) })
await directory.start()

const { PDS, envToCfg, envToSecrets, readEnv } = require('@atproto/pds')
const env = readEnv()
const pds = await PDS.create(envToCfg(env), envToSecrets(env))
await pds.start()
console.log('READY')

process.on('SIGTERM', async () => {
  await pds.destroy()
  await directory.destroy()
  process.exit(0)
})
