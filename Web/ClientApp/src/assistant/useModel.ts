import { useQuery } from '@tanstack/react-query'
import { gateway } from '../api/http'

/** Which model answers; null while nobody knows, and where none is configured: nothing is offered that would be refused. */
export function useModel(isNeeded: boolean): string | null {
  const { data } = useQuery({
    queryKey: ['ai'],
    queryFn: async ({ signal }) => (await gateway.GET('/api/v1/ai', { signal })).data?.model ?? null,
    enabled: isNeeded,
    retry: false,
    staleTime: 5 * 60_000,
  })
  return data ?? null
}
