import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { describeRoute, validator } from 'hono-openapi'
import type { Explorations } from '../../models/metrics/exploration.ts'
import type { Env } from '../env.ts'
import { ExplorationBody, ExplorationDocument, ExplorationsDocument } from '../exploration-schemas.ts'
import { problems, refuse, shape } from '../requests.ts'
import { sameSite, sameSiteJson } from '../security.ts'

const one = (description: string) => ({
  description,
  content: { 'application/json': { schema: shape(ExplorationDocument) } },
})

const parameters = [
  {
    name: 'id',
    in: 'path' as const,
    required: true,
    description: 'Number of the exploration',
    schema: { type: 'string' as const },
  },
]

const described = {
  list: describeRoute({
    operationId: 'explorations',
    summary: 'Your saved explorations and those shared with you',
    responses: {
      200: {
        description: 'By name',
        content: { 'application/json': { schema: shape(ExplorationsDocument) } },
      },
      ...problems(),
    },
  }),
  find: describeRoute({
    operationId: 'exploration',
    summary: 'One saved exploration',
    parameters,
    responses: { 200: one('The exploration'), ...problems(404) },
  }),
  add: describeRoute({
    operationId: 'saveExploration',
    summary: 'Saves an exploration under a name',
    responses: { 201: one('As it was saved'), ...problems(400, 403, 413, 415, 422, 503) },
  }),
  change: describeRoute({
    operationId: 'changeExploration',
    summary: 'Replaces name, query and sharing of an exploration of your own',
    parameters,
    responses: { 200: one('As it was saved'), ...problems(400, 403, 404, 413, 415, 503) },
  }),
  remove: describeRoute({
    operationId: 'deleteExploration',
    summary: 'Deletes an exploration of your own',
    parameters,
    responses: { 204: { description: 'It is gone' }, ...problems(403, 404) },
  }),
}

const body = [sameSiteJson, bodyLimit({ maxSize: 65_536 })] as const

export const explorations = ({ explorations: kept }: { explorations: Explorations }) =>
  new Hono<Env>()
    .get('/', described.list, async (c) =>
      c.json({ explorations: await kept.list(c.var.viewer), roles: [...kept.roles] }),
    )
    .post('/', described.add, ...body, validator('json', ExplorationBody, refuse), async (c) => {
      const added = await kept.add(c.var.viewer, c.req.valid('json'))
      return c.json(added, 201, { Location: `/api/explorations/${added.exploration_id}` })
    })
    .get('/:id', described.find, async (c) => c.json(await kept.find(c.var.viewer, c.req.param('id'))))
    .put('/:id', described.change, ...body, validator('json', ExplorationBody, refuse), async (c) =>
      c.json(await kept.change(c.var.viewer, c.req.param('id'), c.req.valid('json'))),
    )
    .delete('/:id', described.remove, sameSite, async (c) => {
      await kept.remove(c.var.viewer, c.req.param('id'))
      return c.body(null, 204)
    })
