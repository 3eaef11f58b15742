// Runs the four steps of the rotation with made-up AWS and a made-up Redis, which takes the tokens it is told after a while, and prints
// what was asked of them: node rotation.cjs SCRIPT
const { EventEmitter } = require('node:events')
const Module = require('node:module')

const asked = []
const versions = { old: { host: 'redis.internal', port: '6380', token: 'first', connection: 'redis.internal:6380,ssl=true,password=first' } }
const stages = { old: ['AWSCURRENT'] }
const accepted = new Set(['first'])

class SecretsManager {
  async getSecretValue({ VersionStage: stage, VersionId: id }) {
    const found = Object.keys(stages).find((key) => stages[key].includes(stage) && (!id || id === key))
    if (!found) throw Object.assign(new Error(), { name: 'ResourceNotFoundException' })
    return { SecretString: JSON.stringify(versions[found]) }
  }
  async getRandomPassword() {
    return { RandomPassword: 'second' }
  }
  async putSecretValue({ ClientRequestToken: id, SecretString, VersionStages }) {
    asked.push('putSecretValue')
    versions[id] = JSON.parse(SecretString)
    stages[id] = VersionStages
  }
  async describeSecret() {
    return { VersionIdsToStages: stages }
  }
  async updateSecretVersionStage({ MoveToVersionId: to, RemoveFromVersionId: from }) {
    asked.push('updateSecretVersionStage')
    stages[to] = ['AWSCURRENT']
    stages[from] = ['AWSPREVIOUS']
  }
}
class ElastiCache {
  async modifyReplicationGroup({ AuthToken: token, AuthTokenUpdateStrategy: strategy, ReplicationGroupId: group }) {
    asked.push(`${strategy} ${group}`)
    accepted.add(token)
  }
}
class ECS {
  async listServices() {
    return { serviceArns: ['gateway', 'session'] }
  }
  async updateService({ service, forceNewDeployment }) {
    asked.push(`deploy ${service} ${forceNewDeployment}`)
  }
}
const tls = {
  connect(_, connected) {
    const socket = new EventEmitter()
    socket.destroy = () => {}
    socket.write = (line) => setImmediate(() => socket.emit('data', Buffer.from(accepted.has(line.trim().split(' ')[1]) ? '+OK' : '-WRONGPASS')))
    setImmediate(connected)
    return socket
  },
}
const fakes = { tls, '@aws-sdk/client-secrets-manager': { SecretsManager }, '@aws-sdk/client-elasticache': { ElastiCache }, '@aws-sdk/client-ecs': { ECS } }
const load = Module._load
Module._load = (name, ...rest) => fakes[name] ?? load(name, ...rest)

process.env.REPLICATION_GROUP = 'onlinecompiler-test'
process.env.CLUSTER = 'onlinecompiler-test'
const { handler } = require(process.argv[2])
const step = (Step) => handler({ Step, SecretId: 'secret', ClientRequestToken: 'new' })

async function main() {
  // Every step twice: Secrets Manager repeats one whose answer it did not get.
  for (const name of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) for (let time = 0; time < 2; time++) await step(name)
  const refused = await step('deleteSecret').catch((error) => error.message)
  console.log(JSON.stringify({ asked, current: versions.new.connection, stages, refused }))
}
main()
