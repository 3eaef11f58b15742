// Gives Redis a new token, in the four steps that Secrets Manager asks for, each of which may be asked for again.
const tls = require('tls')
const { SecretsManager } = require('@aws-sdk/client-secrets-manager')
const { ElastiCache } = require('@aws-sdk/client-elasticache')
const { ECS } = require('@aws-sdk/client-ecs')
const secrets = new SecretsManager(), cache = new ElastiCache(), ecs = new ECS()
const { REPLICATION_GROUP: group, CLUSTER: cluster } = process.env

exports.handler = async ({ Step: step, SecretId: id, ClientRequestToken: version }) => {
  const steps = { createSecret, setSecret, testSecret, finishSecret }
  if (!steps[step]) throw new Error(`There is no step ${step}.`)
  await steps[step](id, version)
}

async function createSecret(id, version) {
  if (await read(id, 'AWSPENDING', version)) return
  const now = await read(id, 'AWSCURRENT')
  const { RandomPassword: token } = await secrets.getRandomPassword({ PasswordLength: 64, ExcludePunctuation: true })
  const next = { ...now, token, connection: `${now.host}:${now.port},ssl=true,password=${token}` }
  await secrets.putSecretValue({ SecretId: id, ClientRequestToken: version, SecretString: JSON.stringify(next), VersionStages: ['AWSPENDING'] })
}

async function setSecret(id, version) {
  const next = await read(id, 'AWSPENDING', version)
  if (await accepts(next)) return
  // ROTATE keeps the token of before valid beside the new one.
  await cache.modifyReplicationGroup({ ReplicationGroupId: group, AuthToken: next.token, AuthTokenUpdateStrategy: 'ROTATE', ApplyImmediately: true })
}

async function testSecret(id, version) {
  const next = await read(id, 'AWSPENDING', version)
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await accepts(next)) return
    await new Promise((done) => setTimeout(done, 10000))
  }
  throw new Error('Redis does not take the new token.')
}

async function finishSecret(id, version) {
  const { VersionIdsToStages: stages } = await secrets.describeSecret({ SecretId: id })
  const current = Object.keys(stages).find((key) => stages[key].includes('AWSCURRENT'))
  if (current !== version)
    await secrets.updateSecretVersionStage({ SecretId: id, VersionStage: 'AWSCURRENT', MoveToVersionId: version, RemoveFromVersionId: current })
  // Containers read secrets as they start.
  const { serviceArns } = await ecs.listServices({ cluster, maxResults: 100 })
  for (const service of serviceArns) await ecs.updateService({ cluster, service, forceNewDeployment: true })
}

async function read(id, stage, version) {
  try {
    return JSON.parse((await secrets.getSecretValue({ SecretId: id, VersionStage: stage, VersionId: version })).SecretString)
  } catch (error) {
    if (error.name !== 'ResourceNotFoundException' || stage === 'AWSCURRENT') throw error
  }
}

function accepts({ host, port, token }) {
  return new Promise((answer) => {
    const socket = tls.connect({ host, port: Number(port), servername: host, timeout: 5000 }, () => socket.write(`AUTH ${token}\r\n`))
    const end = (result) => (socket.destroy(), answer(result))
    socket.on('data', (data) => end(data.toString().startsWith('+OK')))
    socket.on('timeout', () => end(false)).on('error', () => end(false))
  })
}
