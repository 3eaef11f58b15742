import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { type Tab, TabList } from './TabList'

const tabs: Tab<'one' | 'two' | 'three'>[] = [
  { id: 'one', label: 'One', icon: 'terminal' },
  { id: 'two', label: 'Two', icon: 'image', badge: { text: '3', meaning: '3 files' } },
  { id: 'three', label: 'Three', icon: 'checks' },
]

function Tabs() {
  const [current, setCurrent] = useState<'one' | 'two' | 'three'>('one')
  return <TabList label="Views" tabs={tabs} current={current} onChange={setCurrent} />
}

it('is one stop for the Tab key, and arrows, Home and End go round', async () => {
  render(<Tabs />)
  const [one, two, three] = screen.getAllByRole('tab')
  await userEvent.tab()
  expect(one).toHaveFocus()
  await userEvent.keyboard('{ArrowRight}')
  expect(two).toHaveFocus()
  expect(two).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{End}{ArrowRight}')
  expect(one).toHaveFocus()
  await userEvent.keyboard('{ArrowLeft}')
  expect(three).toHaveFocus()
  await userEvent.keyboard('{Home}')
  expect(one).toHaveAttribute('aria-selected', 'true')
  await userEvent.tab()
  expect(document.body).toHaveFocus()
})

it('says what a badge means', () => {
  render(<Tabs />)
  expect(screen.getByRole('tab', { name: 'Two 3 files' })).toBeInTheDocument()
})
