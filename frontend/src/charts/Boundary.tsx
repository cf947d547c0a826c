import { Component, type ReactNode } from 'react';

/** Keeps what goes wrong in the drawing of one figure inside it: the rest of the page lives on. */
export class Boundary extends Component<{ what: string; children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <div className="trouble" role="alert">
        <p>
          <b>{this.props.what} could not be drawn.</b> {this.state.error.message}. Its numbers are in the
          table and in the CSV.
        </p>
        <p>
          <button className="button" onClick={() => this.setState({ error: undefined })}>
            Try again
          </button>
        </p>
      </div>
    );
  }
}
