import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { ProblemError } from './api/problem'
import { keepForOffline } from './offline'
import { fetchAhead } from './sharing/ahead'
import { wantedTexts } from './texts/choice'
import { chooseTexts } from './texts/texts'
import './styles/tokens.css'
import './styles/base.css'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // Asking again helps against a service that is starting, not against one that refuses.
      retry: (failures, error) => failures < 3 && !(error instanceof ProblemError && error.problem.status >= 400 && error.problem.status < 500),
      staleTime: 60_000,
    },
  },
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

fetchAhead(window.location)
await chooseTexts(wantedTexts())

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)

if (import.meta.env.PROD) void keepForOffline()
