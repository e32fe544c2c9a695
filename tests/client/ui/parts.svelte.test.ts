import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import Parts from './Parts.svelte'

describe('a button', () => {
  test('acts when it is pressed', async () => {
    const [onpress, onsubmit] = [vi.fn(), vi.fn()]
    render(Parts, { onpress, onsubmit })
    await userEvent.click(screen.getByRole('button', { name: 'Send' }))
    expect(onpress).toHaveBeenCalledOnce()
    expect(onsubmit).toHaveBeenCalledOnce()
  })

  test('that is busy neither acts nor submits again, and keeps the focus', async () => {
    const [onpress, onsubmit] = [vi.fn(), vi.fn()]
    render(Parts, { busy: true, onpress, onsubmit })
    const button = screen.getByRole('button', { name: 'Send' })
    await userEvent.click(button)
    expect(button).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    expect(onpress).not.toHaveBeenCalled()
    expect(onsubmit).not.toHaveBeenCalled()
    expect(button).toHaveAttribute('aria-busy', 'true')
  })
})

describe('a field', () => {
  test('is named by its label and described by its hint', () => {
    render(Parts)
    expect(screen.getByRole('textbox', { name: 'Answer' })).toHaveAccessibleDescription('One sentence')
    expect(screen.getByRole('textbox')).toHaveAttribute('dir', 'auto')
  })

  test('counts near the limit, a family emoji as one', async () => {
    render(Parts)
    const field = screen.getByRole('textbox')
    await userEvent.type(field, 'seven..')
    expect(field).toHaveAccessibleDescription('One sentence')
    await userEvent.paste('👩‍👩‍👧‍👦')
    expect(field).toHaveAccessibleDescription('One sentence 2 left')
  })

  test('marks what is too long and cuts nothing off', async () => {
    render(Parts)
    const field = screen.getByRole('textbox')
    await userEvent.type(field, 'twelve chars')
    expect(field).toHaveValue('twelve chars')
    expect(field).toBeInvalid()
    expect(field).toHaveAccessibleDescription('One sentence 2 too many')
  })

  test('says the counter once as a zone is entered, not at each key', async () => {
    render(Parts)
    const field = screen.getByRole('textbox')
    await userEvent.type(field, '12345678')
    expect(screen.getByRole('status')).toHaveTextContent('2 left')
    await userEvent.type(field, '9')
    expect(screen.getByRole('status')).toHaveTextContent('2 left')
    await userEvent.type(field, '01')
    expect(screen.getByRole('status')).toHaveTextContent('1 too many')
  })

  test('tells its error to those who listen', () => {
    render(Parts, { error: 'Say a little more' })
    expect(screen.getByRole('textbox')).toHaveAccessibleDescription('One sentence Say a little more')
    expect(screen.getByRole('textbox')).toBeInvalid()
  })
})

describe('a choice', () => {
  test('is a named group of radios with their details', () => {
    render(Parts)
    expect(screen.getByRole('group', { name: 'Kind' })).toBeInTheDocument()
    expect(screen.getByRole('radio', { name: 'Thought' })).toHaveAccessibleDescription('Something you think')
  })

  test('is made with a tap or with the arrow keys', async () => {
    const onchoose = vi.fn()
    render(Parts, { onchoose })
    await userEvent.click(screen.getByText('Thought'))
    await userEvent.keyboard('{ArrowDown}')
    expect(onchoose.mock.calls).toEqual([['t'], ['q']])
    expect(screen.getByRole('radio', { name: 'Question' })).toBeChecked()
  })
})

test('tabs are walked with the arrow keys, and the chosen one names its panel', async () => {
  render(Parts)
  await userEvent.click(screen.getByRole('tab', { name: 'One' }))
  await userEvent.keyboard('{ArrowRight}')
  expect(screen.getByRole('tab', { name: 'Two' })).toHaveFocus()
  expect(screen.getByRole('tabpanel', { name: 'Two' })).toHaveTextContent('Page two')
  await userEvent.keyboard('{ArrowRight}')
  expect(screen.getByRole('tabpanel', { name: 'One' })).toHaveTextContent('Page one')
})

test('a plate is a region with its title', () => {
  render(Parts)
  expect(screen.getByRole('region', { name: 'A plate' })).toContainElement(screen.getByRole('textbox'))
})

test('an alert is announced', () => {
  render(Parts)
  expect(screen.getByRole('alert')).toHaveTextContent('The line is gone')
})

test('a sheet opens with its title and closes by its button', async () => {
  const onclose = vi.fn()
  render(Parts, { sheet: true, onclose })
  expect(screen.getByRole('dialog', { name: 'Who begins?' })).toHaveTextContent('You begin')
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  await vi.waitFor(() => expect(onclose).toHaveBeenCalledOnce())
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
})
