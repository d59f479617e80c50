import { Component, type ReactNode } from 'react'

type Props = { readonly instead: ReactNode; readonly children: ReactNode }

/** What a mistake inside it must not take along: `instead` stands where it would have been. React asks for a class here. */
export class Boundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.instead : this.props.children
  }
}
